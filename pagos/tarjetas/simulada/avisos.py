"""The simulated gateway's webhooks: really signed, really POSTed, tried again until answered 2xx."""

import json
from collections.abc import Callable
from datetime import timedelta

import httpx
import structlog

from nucleo.configuracion import ajustes
from nucleo.reloj import ahora
from pagos.tarjetas.avisos import firmar, secreto_de_avisos
from pagos.tarjetas.simulada.almacen import abrir
from pagos.tarjetas.simulada.lecturas import exigir

RUTA = "/pasarela/stripe/avisos"
INTENTOS_MAXIMOS = 12
ESPERA = timedelta(seconds=10)

registro = structlog.get_logger(__name__)
Envio = Callable[[bytes, dict[str, str]], int]


def _por_http(cuerpo: bytes, cabeceras: dict[str, str]) -> int:
    try:
        # The address is ours, from the settings; no proxy may come between.
        return httpx.post(
            ajustes().url_publica + RUTA, content=cuerpo, headers=cabeceras, timeout=10, trust_env=False
        ).status_code
    except httpx.HTTPError as error:
        registro.info("aviso_simulado_sin_entregar", error=repr(error))
        return 0


def entregar_avisos(enviar: Envio = _por_http, maximo: int = 200) -> int:
    """Send the webhooks that are due, in the order of their times; return how many were accepted."""
    entregados = 0
    for _ in range(maximo):
        with abrir() as almacen:
            vencido = almacen.vencido("aviso")
            if vencido is None:
                break
            aviso = exigir(almacen, *vencido)
            aviso["intentos"] += 1
            proximo = ahora() + ESPERA * 2 ** min(aviso["intentos"], 10)
            almacen.guardar("aviso", vencido[1], aviso, proximo)
        cuerpo = json.dumps(aviso["evento"], ensure_ascii=False).encode()
        firma = firmar(cuerpo, secreto_de_avisos(), ahora())
        estado = enviar(cuerpo, {"Stripe-Signature": firma, "Content-Type": "application/json"})
        if 200 <= estado < 300 or aviso["intentos"] >= INTENTOS_MAXIMOS:
            entregados += 200 <= estado < 300
            with abrir() as almacen:
                almacen.borrar("aviso", vencido[1])
    return entregados
