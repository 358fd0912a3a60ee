/** Room at the left and the right of every chart over time, px: the same, so that instants stand under each other. */
export const axisWidth = 52;
export const rightPad = 10;
