"""The pages of the scanner: the form that needs no script, and the application of the telephone."""

from fastapi import APIRouter

from envios.escaner import web_confirmar, web_pagina, web_telefono

router = APIRouter()
for _modulo in (web_confirmar, web_pagina, web_telefono):
    router.include_router(_modulo.router)
