// Ways to a question of the page: data-go="02-05", or "next".
function prepareGoing(root, words) {}
