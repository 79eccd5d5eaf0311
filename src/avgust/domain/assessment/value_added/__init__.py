"""What a school adds beyond what its pupils brought."""
