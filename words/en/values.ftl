### What is wrong with a single value; a sentence without a full stop.

