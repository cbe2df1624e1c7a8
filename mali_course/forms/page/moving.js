// Lists whose rows are moved up and down.
function prepareMoving(root, words) {}
