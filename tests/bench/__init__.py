"""Speed beside a bare Flask application, as ratios measured side by side in one run."""
