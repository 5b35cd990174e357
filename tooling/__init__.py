"""What build.py is made of: environments, the wheel lock, the package, the test run, the demo, the bench.

Standard library only, since it runs before anything is installed. Imports nothing of ml and filmai_addon.
"""
