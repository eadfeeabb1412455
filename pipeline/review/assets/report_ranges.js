"use strict";
/* Stretches of the text as pairs of offsets. */
zhibiao.ranges = {
  /** In order, none empty, those that touch made one. */
  merged(ranges) {
    const found = [];
    for (const [start, end] of ranges.filter(([low, high]) => low < high).sort((one, other) => one[0] - other[0])) {
      const last = found.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end); else found.push([start, end]);
    }
    return found;
  },
  covers(ranges, start, end) {
    return ranges.some(([low, high]) => low <= start && end <= high);
  },
};
