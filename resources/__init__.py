"""What Porchlight knows: topics, providers, words and how they are kept. No Qt, no ReportLab, no network."""
