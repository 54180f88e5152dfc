"""What whoever was paid answers to a cardholder's claim: evidence, written once and handed in in time."""
