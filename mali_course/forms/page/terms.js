// Words that are explained on tap.
function prepareTerms(root, words) {}
