package table

import "github.com/rolespec/rolespec/bench/internal/scene"

var goalHeadings = []string{"scene", "way", "goal", "measured", "control off by", ""}

func goalRows(results []*scene.Result) [][]string {
	var table [][]string
	for _, r := range results {
		for _, v := range r.Verdicts {
			table = append(table, []string{
				r.Scene.Name, v.Goal.Subject(), v.Goal.String(), measured(v), deviation(r.Measured), verdict(v),
			})
		}
	}
	return table
}

func tally(results []*scene.Result) (reached, all int) {
	for _, r := range results {
		for _, v := range r.Verdicts {
			all++
			if v.Reached {
				reached++
			}
		}
	}
	return reached, all
}
