package estimate_test

import (
	"context"
	"fmt"
	"strings"

	"asylon/estimate"
)

// Two lists are refused, with the reason in the reader's language.
func Example() {
	table, err := estimate.ReadTable(strings.NewReader("clinic,court,people\n1,0,781\n0,1,254\n1,1,167\n"), "")
	if err != nil {
		fmt.Println(err)
		return
	}
	quick := estimate.LatentSettings{Steps: 2000, MaxSteps: 2000} // enough for a refusal
	res, err := estimate.Estimate(context.Background(), table, estimate.Settings{Seed: 1, Bootstrap: 100, Latent: quick})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(res.N, "documented; refused:", res.Refused)
	fmt.Println(res.Reasons[0].Text(estimate.English))
	// Output:
	// 1202 documented; refused: true
	// There are only 2 lists. With two lists nothing shows whether one led to the other, so an estimate would rest on supposing that they are independent. A third and better a fourth list is needed
}

func ExampleChapman() {
	i := estimate.Chapman(948, 421, 167, 0.95)
	fmt.Printf("%.0f, from %.0f to %.0f\n", i.Estimate, i.Low, i.High)
	// Output: 2383, from 2156 to 2664
}

func ExampleReadTable_error() {
	_, err := estimate.ReadTable(strings.NewReader("A,B,Freq\n1,0,12\n0,0,40\n"), "")
	fmt.Println(err)
	// Output: line 3: this row counts people who are on no list. Nobody can have counted them: they are what is to be estimated. Remove the row
}

func ExampleCheckExistence() {
	// Only A and B share anybody, so their effect on each other would have to
	// be infinite.
	table, err := estimate.NewTable([]string{"A", "B", "C"}, []estimate.Cell{
		{Pattern: 0b001, Count: 40}, {Pattern: 0b010, Count: 30}, {Pattern: 0b100, Count: 20}, {Pattern: 0b011, Count: 6}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%+v\n", estimate.CheckExistence(table, estimate.Independence(3)))
	fmt.Printf("%+v\n", estimate.CheckExistence(table, estimate.Interactions(3, 0b011)))
	// Output:
	// {Exists:true Identifiable:true}
	// {Exists:false Identifiable:true}
}
