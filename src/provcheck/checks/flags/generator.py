"""Does the file itself say that a program generated the picture?"""

from __future__ import annotations

import re

from provcheck.checks.flags.seen import Seen, found

# IPTC's vocabulary: made by a model trained on other pictures, wholly or in part. "algorithmicMedia" is not: fractals are.
TRAINED = frozenset({"trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"})
PROGRAMS = re.compile(
    r"stable diffusion|midjourney|dall[·\-. ]?e\b|novelai|invokeai|comfyui|automatic1111|adobe firefly|made with google ai"
    r"|fooocus|easy diffusion|leonardo\.ai|ideogram|draw things|\bflux\.?1|grok image|\bimagen\b",
    re.IGNORECASE,
)
KEYWORDS = frozenset({"dream", "sd-metadata", "invokeai_metadata", "invokeai_graph", "generation_data", "sui_image_params"})
SAMPLER = re.compile(r"\bSteps: \d+.{0,400}\b(Sampler|CFG scale|Seed): ", re.DOTALL)
WORKFLOW = re.compile(r"\"(class_type|inputs|sampler_name|seed|negative_prompt|uc)\"")


def digital_source_type(seen: Seen) -> bool:
    credentials = found(seen.stated.credentials)
    stated = {uri.rstrip("/").rpartition("/")[2] for uri in seen.values("xmp.digital_source_type")}
    return bool((stated | set(credentials.source_types if credentials else ())) & TRAINED)


def parameters(seen: Seen) -> bool:
    """Prompts and settings that generators leave in text blocks and comments."""
    fields = found(seen.stated.fields) or ()
    for field in fields:
        if field.key == "png.text":
            name = field.name.lower()
            if name in KEYWORDS or (name in ("prompt", "workflow", "comment") and WORKFLOW.search(field.value)):
                return True
        if field.key in ("png.text", "exif.user_comment", "file.comment") and SAMPLER.search(field.value):
            return True
    return False


def software(seen: Seen) -> bool:
    named = [program.name for program in found(seen.stated.software) or ()]
    credentials = found(seen.stated.credentials)
    if credentials:
        named += [credentials.generator, *(action.program for action in credentials.actions)]
    named += [*seen.values("xmp.credit"), *seen.values("iptc.credit")]
    return any(PROGRAMS.search(name) for name in named)
