"""The register of persons with significant control of the United Kingdom."""
