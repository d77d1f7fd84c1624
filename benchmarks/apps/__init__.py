"""Small programs that the benchmarks start in a terminal of their own."""
