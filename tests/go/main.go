// Decodes what jobc writes as a client in Go would: the readable JSON by encoding/json, the calls in Thrift's JSON and
// binary protocols. All three must be the same, field by field, and hold nothing that the interface has no field for.
//
//	main DIR...   each with the folders json and binary, written by jobc -o
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/apache/thrift/lib/go/thrift"
	"jobc.test/aurora"
)

func readable(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// call reads the call in a file and gives its name.
func call(file string, binary bool, into map[string]thrift.TStruct) (string, error) {
	payload, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	buffer := &thrift.TMemoryBuffer{Buffer: bytes.NewBuffer(payload)}
	var protocol thrift.TProtocol = thrift.NewTJSONProtocol(buffer)
	if binary {
		protocol = thrift.NewTBinaryProtocolConf(buffer, nil)
	}
	ctx := context.Background()
	name, _, _, err := protocol.ReadMessageBegin(ctx)
	if err != nil {
		return "", err
	}
	arguments, known := into[name]
	if !known {
		return "", fmt.Errorf("the call is %q", name)
	}
	if err := arguments.Read(ctx, protocol); err != nil {
		return "", err
	}
	if err := protocol.ReadMessageEnd(ctx); err != nil {
		return "", err
	}
	if buffer.Len() > 0 {
		return "", fmt.Errorf("%d bytes follow the call", buffer.Len())
	}
	return name, nil
}

func created(file string, binary bool) (*aurora.JobConfiguration, error) {
	create, schedule := aurora.NewCreateJob(), aurora.NewScheduleCronJob()
	name, err := call(file, binary, map[string]thrift.TStruct{"createJob": create, "scheduleCronJob": schedule})
	if name == "createJob" {
		return create.Description, err
	}
	return schedule.Description, err
}

func updated(file string, binary bool) (*aurora.JobUpdateRequest, error) {
	update := aurora.NewStartJobUpdate()
	_, err := call(file, binary, map[string]thrift.TStruct{"startJobUpdate": update})
	return update.Request, err
}

// compare decodes the files of one job, whose names begin with name.
func compare(dir, name string) (updates int, err error) {
	path := func(wire, ending string) string { return filepath.Join(dir, wire, name+ending) }
	job := aurora.NewJobConfiguration()
	if err := readable(path("json", ".json"), job); err != nil {
		return 0, err
	}
	for wire, ending := range map[string]string{"json": ".create.json", "binary": ".create.bin"} {
		other, err := created(path(wire, ending), wire == "binary")
		if err != nil {
			return 0, fmt.Errorf("%s: %w", ending, err)
		}
		if !reflect.DeepEqual(job, other) {
			return 0, fmt.Errorf("%s differs from the readable JSON:\n%v\n%v", ending, other, job)
		}
	}
	request := aurora.NewJobUpdateRequest()
	if err := readable(path("json", ".request.json"), request); os.IsNotExist(err) {
		return 0, nil
	} else if err != nil {
		return 0, fmt.Errorf(".request.json: %w", err)
	}
	if request.Metadata == nil || len(request.Metadata) > 0 {
		return 0, fmt.Errorf(".request.json has no empty metadata")
	}
	request.Metadata = nil
	for wire, ending := range map[string]string{"json": ".update.json", "binary": ".update.bin"} {
		other, err := updated(path(wire, ending), wire == "binary")
		if err != nil {
			return 0, fmt.Errorf("%s: %w", ending, err)
		}
		if !reflect.DeepEqual(request, other) {
			return 0, fmt.Errorf("%s differs from the readable request:\n%v\n%v", ending, other, request)
		}
	}
	return 1, nil
}

func main() {
	jobs, updates, wrong := 0, 0, 0
	for _, dir := range os.Args[1:] {
		calls, _ := filepath.Glob(filepath.Join(dir, "json/jobs/*/*/*/*.create.json"))
		for _, file := range calls {
			name, _ := filepath.Rel(filepath.Join(dir, "json"), strings.TrimSuffix(file, ".create.json"))
			count, err := compare(dir, name)
			jobs++
			updates += count
			if err != nil {
				wrong++
				fmt.Printf("%s/%s: %v\n", dir, name, err)
			}
		}
	}
	fmt.Printf("%d jobs and %d updates, %d wrong\n", jobs, updates, wrong)
	if wrong > 0 || jobs == 0 || updates == 0 {
		os.Exit(1)
	}
}
