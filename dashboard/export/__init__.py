"""What can be taken away: tables with their metadata, fonts for any screen."""
