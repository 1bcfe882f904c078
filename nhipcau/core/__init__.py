"""The ground floor: errors, time, numbers and Vietnamese text. No models, no Django, no clock."""
