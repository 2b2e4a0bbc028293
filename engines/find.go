package engines

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// find returns the path of the first of the named programs that is in a
// directory of PATH or, failing that, in one of the places, which are glob
// patterns. Of several versions in one place it takes the highest. Links are
// followed, so that programs which belong together are beside each other.
func find(places []string, names ...string) (string, error) {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	for _, place := range places {
		found, err := filepath.Glob(place)
		if err != nil {
			return "", err
		}
		slices.Sort(found) // every version that is still maintained has two digits
		slices.Reverse(found)
		dirs = append(dirs, found...)
	}
	for _, dir := range dirs {
		for _, name := range names {
			if program, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
				return filepath.EvalSymlinks(program)
			}
		}
	}
	return "", fmt.Errorf("%s: %w", strings.Join(names, " or "), errNotInstalled)
}
