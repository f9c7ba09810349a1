#!/bin/sh
# Corpora to shipped weights: sh run.sh [corpora] [work folder] [sentences with event types]. About eight hours on one core.
set -eu
cd "$(dirname "$0")"
corpora=${1:-../../shared/train}
work=${2:-../target/training}
model=../crates/recount-data/data/model
events=${3:-}; [ -z "$events" ] || events="--events $events"   # bench/event_types/dev.jsonl, to measure only
export OMP_NUM_THREADS=1
train() { python train.py --corpora "$corpora" --batch 16 "$@"; }
train --out "$work/1" --steps 2500 --dropout 0 --encoder-rate 1.5e-4
train --out "$work/2" --begin "$work/1/final.pt" --steps 3000 --dropout 0 --encoder-rate 1.3e-4 --head-rate 8e-4 --cooldown 0.6
train --out "$work/3" --begin "$work/2/final.pt" --steps 2250 --dropout 0.05 --encoder-rate 1.3e-4 --head-rate 6e-4 --cooldown 0.6 --seed 19
train --out "$work/4" --begin "$work/3/final.pt" --steps 2600 --dropout 0.05 --encoder-rate 1.3e-4 --head-rate 6e-4 --cooldown 0.6 --seed 21
python mean.py "$work/four.pt" "$work/1/final.pt" "$work/2/final.pt" "$work/3/final.pt" "$work/4/final.pt"
train --out "$work/5" --begin "$work/four.pt" --steps 2400 --dropout 0.1 --unseen 0.06 --encoder-rate 1.1e-4 --head-rate 5e-4 --cooldown 0.7 --seed 23
python mean.py "$work/five.pt" "$work/four.pt:0.6" "$work/5/final.pt:0.4"
train --out "$work/6" --begin "$work/five.pt" --steps 1600 --dropout 0.15 --unseen 0.1 --encoder-rate 1.1e-4 --head-rate 5e-4 --cooldown 0.7 --seed 29
python mean.py "$work/mean.pt" "$work/five.pt:0.6" "$work/6/final.pt:0.4"
python export.py --checkpoint "$work/mean.pt" --out "$work/export"
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
