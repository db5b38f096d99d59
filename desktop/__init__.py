"""What Porchlight shows. PySide6 lives here and nowhere else."""
