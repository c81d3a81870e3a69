"""Pictures: free functions that draw a result on axes and return them."""
