"""The core: plain synchronous code that is told everything it needs, the time and the plans included."""
