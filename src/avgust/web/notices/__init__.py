"""What a person is told: notices in the product, one letter a day, a calendar to subscribe to."""
