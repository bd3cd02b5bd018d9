"""The ground floor: what every area stands on; no word of the network's own business."""
