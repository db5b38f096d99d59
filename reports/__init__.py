"""What Porchlight prints: handoff + recipe + words -> blocks -> PDF bytes. No Qt."""
