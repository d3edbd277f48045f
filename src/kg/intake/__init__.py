"""Take in what others wrote: read it with care, compare it with the graph, keep it apart until it is accepted."""
