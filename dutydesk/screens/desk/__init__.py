"""The desk screen 值班台: header, queue, selected case, who is on duty, promises, alarms."""
