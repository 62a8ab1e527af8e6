"""The life of a job, from what a person asked for to what stands in the thread."""
