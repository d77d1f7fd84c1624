"""What dutydesk costs, each figure beside a baseline that is taken in the same run."""
