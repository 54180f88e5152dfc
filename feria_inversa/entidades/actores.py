"""Who asks the API for a plan, a process or an act of it: a person, or a program with the scope."""

from typing import Annotated

from fastapi import Security

from ciudadania import actor_requerido
from nucleo.actor import Actor

Contratante = Annotated[Actor, Security(actor_requerido, scopes=["convocatorias"])]
