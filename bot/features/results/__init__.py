"""What stands under a result, and under the status message of a job that waits."""
