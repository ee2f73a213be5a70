"""What the general part knows as dated data, each fact with its source and confidence."""
