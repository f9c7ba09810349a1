#!/bin/sh
# Corpora to shipped weights: sh run.sh [corpora] [work folder] [sentences with event types]. About two hours on one core.
set -eu
cd "$(dirname "$0")"
corpora=${1:-../../shared/train}
work=${2:-../target/training}
model=../crates/recount-data/data/model
events=${3:-}; [ -z "$events" ] || events="--events $events"   # bench/event_types/dev.jsonl, to measure only
export OMP_NUM_THREADS=1
python train.py --corpora "$corpora" --out "$work" --steps 5000 --batch 16 --dropout 0 --encoder-rate 1.5e-4
python export.py --checkpoint "$work/final.pt" --out "$work/export"
python quantise.py --folder "$work/export" --form stored
python quantise.py --folder "$work/export" --form dynamic
for form in f32 stored dynamic; do
    python evaluate.py --corpora "$corpora" --folder "$work/export" --model $form.onnx --part 0.5 $events | tee "$work/$form.json"
done
mkdir -p "$model"
cp "$work/export/stored.onnx" "$model/model.onnx"
cp "$work/export/vocab.txt" "$work/export/heads.json" "$model/"
python parity.py --folder "$model" --out ../crates/recount/tests/parity.json
python card.py --work "$work" --out "$model/MODEL_CARD.md"
