"""One small module a layout: the bytes of a provider's file → what it says, unharmonised."""
