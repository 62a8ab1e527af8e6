"""What stands under a result, and under the head of a job that waits."""
