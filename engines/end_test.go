//go:build unix

package engines_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
)

// child is set in the processes that the test below starts, and says how they
// are to end.
const child = "ROLESPEC_ENGINES_CHILD"

// However a test process ends, its servers end too and leave no directory.
func TestServersEnd(t *testing.T) {
	if ending := os.Getenv(child); ending != "" {
		endAs(t, ending)
		return
	}
	for _, variable := range []string{"ROLESPEC_POSTGRES_DSN", "ROLESPEC_MARIADB_DSN"} {
		if os.Getenv(variable) != "" {
			t.Skip("no private servers, as there is " + variable)
		}
	}
	engines.Postgres(t) // or skip
	engines.MariaDB(t)
	for _, ending := range []string{"finished", "panicking", "killed"} {
		t.Run(ending, func(t *testing.T) {
			t.Parallel()
			servers, output := watchEnd(t, ending)
			for dir, pid := range servers {
				if !gone(dir, pid) {
					t.Errorf("%s or its process %d is still there", dir, pid)
				}
			}
			if len(servers) != 2 || t.Failed() {
				t.Errorf("%d servers; the tests said:\n%s", len(servers), output)
			}
		})
	}
}

// endAs uses a server of each engine, tells the parent about them, and ends.
func endAs(t *testing.T, ending string) {
	data := scan[string](t, engines.Postgres(t), "SHOW data_directory")
	fmt.Println("server", filepath.Join(data, "postmaster.pid"))
	fmt.Println("server", scan[string](t, engines.MariaDB(t), "SELECT @@pid_file"))
	fmt.Println("ready")
	switch bufio.NewReader(os.Stdin).ReadString('\n'); ending { // the parent has seen them
	case "panicking":
		panic("as told")
	case "killed":
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
}

// watchEnd runs this test as a process that ends in the given way, and returns
// the directories and processes of its servers.
func watchEnd(t *testing.T, ending string) (servers map[string]int, output string) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestServersEnd$", "-test.timeout=2m")
	cmd.Env = append(os.Environ(), child+"="+ending)
	stdin, _ := cmd.StdinPipe()
	stdout, _ := cmd.StdoutPipe()
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	servers = map[string]int{}
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		output += lines.Text() + "\n"
		if file, ok := strings.CutPrefix(lines.Text(), "server "); ok {
			servers[filepath.Dir(file)] = readPID(t, file)
		}
		if lines.Text() == "ready" {
			stdin.Close()
		}
	}
	if err := cmd.Wait(); (err == nil) != (ending == "finished") {
		t.Errorf("the process that should be %s ended with: %v", ending, err)
	}
	return servers, output
}

func readPID(t *testing.T, file string) int {
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// gone reports whether the directory and the process vanish within a while.
func gone(dir string, pid int) bool {
	for range 200 {
		_, err := os.Stat(dir)
		if os.IsNotExist(err) && syscall.Kill(pid, 0) == syscall.ESRCH {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}
