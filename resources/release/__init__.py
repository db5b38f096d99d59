"""A release of the program: its signature, how this copy was installed, update and roll-back."""
