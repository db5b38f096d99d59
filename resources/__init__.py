"""What Porchlight knows: topics, providers, words and how they are kept. No Qt, no ReportLab, no network."""

VERSION = "0.1.0"
