"""What a draft would change, for the person who decides: on the terminal and as one HTML file."""
