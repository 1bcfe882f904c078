"""A phone on a bad line: the pages as an application, what opens without a network, what is sent later."""
