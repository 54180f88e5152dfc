"""The authorisation matrix: every route of the application, asked by everybody.

Nobody; a citizen who owns other things; who holds every faculty of another unit; who holds every faculty of
this one but the one it takes; machines of another unit, and of this one without the scope; who may; and the
ways of holding a faculty that do not count, or do (`columnas.py`). A
refusal leaves every table as it was; who may succeeds, so that only the caller made the difference. And who
may asks, as correctly, for something that the domain refuses: that leaves every table as it was, too.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from nucleo import reloj
from tests.autorizacion import (
    matriz_actos,
    matriz_acuerdos,
    matriz_alertas,
    matriz_archivos,
    matriz_autoridad,
    matriz_banderas,
    matriz_calendario,
    matriz_cargas,
    matriz_certificaciones,
    matriz_citas,
    matriz_cobros,
    matriz_comercio,
    matriz_compras_de_catalogo,
    matriz_comprometidos,
    matriz_confianza,
    matriz_constancia,
    matriz_despachos,
    matriz_documentos,
    matriz_dos_sobres,
    matriz_empresas,
    matriz_envios,
    matriz_envios_paginas,
    matriz_escaner,
    matriz_evidencias,
    matriz_feria,
    matriz_historia,
    matriz_mensajes,
    matriz_modificaciones,
    matriz_mostrador,
    matriz_niveles,
    matriz_operadores,
    matriz_opiniones,
    matriz_ordenes,
    matriz_pagos,
    matriz_papeles,
    matriz_pasarela,
    matriz_pedidos,
    matriz_planes,
    matriz_plataforma,
    matriz_por_pagar,
    matriz_portes,
    matriz_preguntas,
    matriz_promociones,
    matriz_reclamos,
    matriz_reclamos_de_compra,
    matriz_regalos,
    matriz_registro,
    matriz_reservas,
    matriz_sobres,
    matriz_subastas,
    matriz_tarifas,
    matriz_transparencia,
    matriz_ventas,
    matriz_versiones,
    matriz_webhooks,
)
from tests.autorizacion.columnas import COLUMNAS
from tests.autorizacion.escena import CASOS, Escena, es_del_reparto
from tests.autorizacion.filas import Fila
from tests.autorizacion.riesgos import NO_PIDE, RIESGOS
from tests.autorizacion.suspendida import ANOTA, NUEVO, SIGUE
from tests.ayudas.limpieza import Limpiador
from tests.ayudas.rutas import dependencias, otras_rutas, rutas

HABITACIONES = (
    matriz_registro,
    matriz_autoridad,
    matriz_webhooks,
    matriz_calendario,
    matriz_comercio,
    matriz_comprometidos,
    matriz_pedidos,
    matriz_por_pagar,
    matriz_ventas,
    matriz_promociones,
    matriz_acuerdos,
    matriz_citas,
    matriz_regalos,
    matriz_cargas,
    matriz_alertas,
    matriz_constancia,
    matriz_despachos,
    matriz_archivos,
    matriz_documentos,
    matriz_envios,
    matriz_envios_paginas,
    matriz_reclamos,
    matriz_reclamos_de_compra,
    matriz_mensajes,
    matriz_opiniones,
    matriz_confianza,
    matriz_niveles,
    matriz_escaner,
    matriz_operadores,
    matriz_evidencias,
    matriz_feria,
    matriz_historia,
    matriz_modificaciones,
    matriz_ordenes,
    matriz_preguntas,
    matriz_banderas,
    matriz_subastas,
    matriz_certificaciones,
    matriz_compras_de_catalogo,
    matriz_versiones,
    matriz_dos_sobres,
    matriz_sobres,
    matriz_papeles,
    matriz_planes,
    matriz_plataforma,
    matriz_cobros,
    matriz_empresas,
    matriz_actos,
    matriz_pasarela,
    matriz_reservas,
    matriz_tarifas,
    matriz_mostrador,
    matriz_portes,
    matriz_pagos,
    matriz_transparencia,
)
FILAS: list[Fila] = [fila for habitacion in HABITACIONES for fila in habitacion.FILAS]
NO_SON_RUTAS = {"/estatico", "/openapi.json"}
"""Files of the repository and the description of the API: the same for everybody."""


def _nombre(fila: Fila) -> str:
    return f"{fila.metodo} {fila.ruta} {fila.variante}".strip()


class Memoria:
    """The database with the scene in it, and how to go back to it."""

    def __init__(self, escena: Escena, limpiador: Limpiador, valkey: Any, navegador: Any) -> None:
        self.escena, self.limpiador, self.valkey, self.navegador = escena, limpiador, valkey, navegador
        self.instante = reloj.ahora()
        """When everything is asked, however long it takes: no term of the scene ends meanwhile."""
        self.mal_formadas = 0
        """Requests that did not reach the domain."""

    def volver_al_instante(self) -> None:
        """As if nobody had asked before: no counters, and not later than the scene."""
        self.valkey.flushdb()
        reloj.fijar_desfase(self.instante - datetime.now(UTC))

    def pedir(self, fila: Fila, quien: str | None, *, vieja: bool = False) -> Any:
        self.volver_al_instante()
        return self._pedir(fila, quien, vieja=vieja)

    def _pedir(self, fila: Fila, quien: str | None, *, vieja: bool = False) -> Any:
        pedido = fila.solicitud(self.escena.valores)
        pedido["headers"] |= self.escena.credencial(quien, api=fila.es_api, vieja=vieja)
        self.navegador.cookies.clear()
        return self.navegador.request(**pedido)

    def contar(self, campos: Any) -> Any:
        """What says which fields of a malformed request are wrong, counted."""

        def contando(error: Any) -> Any:
            self.mal_formadas += 1
            return campos(error)

        return contando

    def cambios_de_lo_negado(self, fila: Fila) -> tuple[Any, set[str]]:
        """The answer to what is refused, and the tables that it wrote; the scene is put back."""
        assert fila.negada is not None
        # What is done before by the database's own clock is done now.
        self.valkey.flushdb()
        reloj.fijar_desfase(timedelta(0))
        if fila.negada.antes is not None:
            fila.negada.antes(self.escena)
        antes = self.limpiador.foto()
        try:
            quien = fila.negada.quien or fila.quien.derecho
            respuesta = self._pedir(fila.con_lo_negado(), quien)
            despues = self.limpiador.foto()
            return respuesta, {tabla for tabla, vista in despues.items() if vista != antes[tabla]}
        finally:
            self.limpiador.limpiar()

    def cambios(self) -> list[str]:
        """The tables written by the last request; the scene is put back."""
        sucias = self.limpiador.sucias()
        if sucias:
            self.limpiador.limpiar()
        return sucias


def test_la_matriz_tiene_cada_ruta_de_la_aplicacion_y_ninguna_mas(aplicacion: Any) -> None:
    reales = {(metodo, ruta) for metodo, ruta, _r in rutas(aplicacion)}
    listadas = {f.clave for f in FILAS}
    unicas = [(f.clave, f.variante) for f in FILAS]
    assert otras_rutas(aplicacion) == NO_SON_RUTAS
    assert sorted(reales - listadas) == []
    assert sorted(listadas - reales) == []
    assert sorted({u for u in unicas if unicas.count(u) > 1}) == []


def test_lo_publico_de_la_matriz_es_lo_publico_de_la_aplicacion(aplicacion: Any) -> None:
    from nucleo.acceso import publico

    abiertas = {(m, p) for m, p, ruta in rutas(aplicacion) if publico in set(dependencias(ruta.dependant))}
    assert {f.clave for f in FILAS if f.quien.derecho is None} == abiertas
    assert {f.clave for f in FILAS if f.quien.derecho is not None}.isdisjoint(abiertas)


@pytest.mark.parametrize("fila", FILAS, ids=_nombre)
def test_quien_puede_y_quien_no(memoria: Memoria, fila: Fila) -> None:
    fallas = [f"{caso}: {falla}" for caso in _casos(fila) for falla in _probar(memoria, fila, caso)]
    if fallas:
        pytest.fail("\n".join(fallas), pytrace=False)


def _casos(fila: Fila) -> list[str]:
    if fila.quien.derecho is None:
        return ["nadie", "derecho"]
    de_maquina = {"maquina"} if fila.alcance and not fila.quien.libre else set()
    if fila.es_api:
        de_maquina |= {"maquina_ajena", "maquina_sin_alcance"}
    callan = {c for c in CASOS if c.startswith("maquina")} - de_maquina
    return [c for c in CASOS if c not in callan] + [n for n, c in COLUMNAS.items() if c.aplica(fila)]


def _probar(memoria: Memoria, fila: Fila, caso: str) -> Iterator[str]:
    columna = COLUMNAS.get(caso)
    quien = columna.persona(fila) if columna else memoria.escena.quien(fila, caso)
    respuesta = memoria.pedir(fila, quien)
    cambios = memoria.cambios()
    detalle = f"{respuesta.status_code} {respuesta.headers.get('location', '')} {respuesta.text[:300]!r}"
    if caso == "en_conjunto":
        yield from _entre_varios(fila, respuesta, cambios, detalle)
        return
    como = columna.como if columna else caso
    puede = columna.puede if columna else caso in ("derecho", "maquina")
    if puede or como in fila.tambien or fila.quien.derecho is None:
        if caso == "derecho" and fila.contiene and not _lo_privado(memoria.escena, respuesta.text):
            yield f"no muestra lo suyo: {detalle}"
        yield from _exito(fila, caso, respuesta, cambios, detalle)
        return
    ve = columna is not None and columna.estado is not None
    if not ve and como not in fila.leen and (visto := _lo_privado(memoria.escena, respuesta.text)):
        yield f"lee lo que no es suyo: {visto}"
    if fila.quien.libre and not caso.startswith("maquina") and caso != "nadie":
        if respuesta.status_code != fila.exito:
            yield f"debía poder con lo suyo ({fila.exito}): {detalle}"
        return
    if cambios:
        yield f"cambió {cambios}"
    if caso == "nadie" and not fila.es_api:
        if (respuesta.status_code, respuesta.headers.get("location", "")[:16]) != (303, "/ingresar?volver"):
            yield f"debía ir a ingresar: {detalle}"
        return
    esperado = 401 if caso == "nadie" else fila.estado_de_rechazo(caso)
    if columna:
        esperado = columna.estado or fila.estado_de_rechazo(como)
    if caso == "maquina_ajena":
        esperado = fila.maquina
    if caso == "maquina_sin_alcance":
        esperado = 403 if fila.alcance else fila.maquina
        if not memoria.escena.unidades[fila.quien.unidad].esta_activa:
            esperado = 401  # the programs of a unit that may not act open nothing
    if respuesta.status_code != esperado:
        yield f"debía ser {esperado}: {detalle}"


def _entre_varios(fila: Fila, respuesta: Any, cambios: list[str], detalle: str) -> Iterator[str]:
    """What somebody gets who only may with others."""
    if fila.con_otros == "mira":
        yield from _exito(fila, "en_conjunto", respuesta, cambios, detalle)
    elif fila.con_otros == "propone":
        espera, lugar = (202, "/api/v1/actos/") if fila.es_api else (303, "/por-firmar/")
        if (respuesta.status_code, respuesta.headers.get("location", "")[: len(lugar)]) != (espera, lugar):
            yield f"debía quedar por firmar ({espera} {lugar}): {detalle}"
        if not {"registro_acto", "registro_acto_firma", "nucleo_auditoria"} <= set(cambios):
            yield f"no quedó por firmar: {cambios}"
    elif not fila.con_otros:
        if respuesta.status_code >= 500 or (fila.cambia and cambios):
            yield f"se rompe, o deja hacer solo a quien no puede: {cambios} {detalle}"
    elif respuesta.status_code != fila.con_otros or cambios:
        yield f"debía ser {fila.con_otros}, sin cambiar nada: {cambios} {detalle}"


def _lo_privado(escena: Escena, texto: str) -> list[str]:
    limpio = texto.casefold()
    return [p for p in escena.privado if p.casefold() in limpio]


def _exito(fila: Fila, caso: str, respuesta: Any, cambios: list[str], detalle: str) -> Iterator[str]:
    if caso == "derecho" and fila.con_sesion is not None:
        if respuesta.status_code != fila.con_sesion:
            yield f"debía ser {fila.con_sesion}: {detalle}"
        return
    if respuesta.status_code != fila.exito:
        yield f"debía ser {fila.exito}: {detalle}"
        return
    if sin_llenar := re.findall(r".{,40}%\(\w+\)s.{,40}", "" if fila.es_api else respuesta.text):
        yield f"muestra textos sin llenar: {sin_llenar}"
    if fila.a is not None and not respuesta.headers.get("location", "").startswith(fila.a):
        yield f"debía llevar a {fila.a}: {detalle}"
    if bool(cambios) != fila.cambia:
        yield f"cambió {cambios}: {detalle}"
    if fila.cambia and cambios and ("nucleo_auditoria" in cambios) == bool(fila.sin_auditoria):
        yield f"la auditoría dice otra cosa que la matriz: {cambios}"


# --- A sign-in of three hours ago ---------------------------------------------------------------------------


def test_la_lista_de_riesgos_nombra_rutas_que_existen() -> None:
    listadas = {f"{f.metodo} {f.ruta}" for f in FILAS if f.quien.derecho is not None}
    assert sorted(RIESGOS.keys() - listadas) == []
    assert sorted(NO_PIDE.keys() - {_nombre(f) for f in FILAS}) == []


@pytest.mark.parametrize("fila", [f for f in FILAS if f.quien.derecho is not None], ids=_nombre)
def test_lo_que_tiene_riesgo_pide_ingresar_otra_vez_y_lo_demas_no(memoria: Memoria, fila: Fila) -> None:
    from ciudadania.riesgos import MINUTOS, Riesgo

    respuesta = memoria.pedir(fila, memoria.escena.quien(fila, "derecho"), vieja=True)
    cambios = memoria.cambios()
    riesgo = None if _nombre(fila) in NO_PIDE else RIESGOS.get(f"{fila.metodo} {fila.ruta}")
    if riesgo is None:
        detalle = f"{respuesta.status_code} {respuesta.headers.get('location', '')}"
        fallas = list(_exito(fila, "sesion vieja", respuesta, cambios, detalle))
    else:
        edad = MINUTOS[Riesgo(riesgo)] * 60
        fallas = [*_sin_pedir_ingreso(fila, respuesta, edad), *(f"cambió {c}" for c in cambios)]
    if fallas:
        pytest.fail("\n".join(fallas), pytrace=False)


def _sin_pedir_ingreso(fila: Fila, respuesta: Any, edad_s: int) -> Iterator[str]:
    lugar = respuesta.headers.get("location", "")
    if fila.es_api:
        pide = f'Bearer realm="qhatu", error="insufficient_user_authentication", max_age={edad_s}'
        if respuesta.status_code != 401 or respuesta.json()["codigo"] != "sesion_no_reciente":
            yield f"debía pedir otro ingreso: {_detalle(respuesta)}"
        if respuesta.headers.get("www-authenticate") != pide:
            yield f"debía decir {pide}: {respuesta.headers.get('www-authenticate')}"
    elif respuesta.status_code != 303 or not lugar.startswith("/ingresar?volver="):
        yield f"debía llevar a ingresar: {_detalle(respuesta)}"
    elif not lugar.endswith(f"&max_age={edad_s}"):
        yield f"debía pedir uno de hace {edad_s} segundos: {lugar}"


# --- A suspended unit ---------------------------------------------------------------------------------------


def _de_una_unidad() -> list[Fila]:
    """What people of a registered unit do for it."""
    return [
        f
        for f in FILAS
        if f.metodo != "GET"
        and f.quien.facultad not in (None, "REGULAR")
        and not f.quien.libre
        and es_del_reparto(f.quien.unidad)
    ]


def test_la_lista_de_lo_que_sigue_nombra_rutas_que_existen() -> None:
    rutas = {f"{f.metodo} {f.ruta}" for f in _de_una_unidad()}
    assert sorted((SIGUE | ANOTA.keys() | set(NUEVO.values())) - rutas) == []
    assert SIGUE.isdisjoint({*ANOTA, *NUEVO.values()})


@pytest.mark.parametrize("fila", _de_una_unidad(), ids=_nombre)
def test_una_unidad_suspendida_no_empieza_nada_y_termina_lo_que_tiene(memoria: Memoria, fila: Fila) -> None:
    """Whatever a room lets people do for a unit is refused while it is suspended, but for what is listed."""
    unidad = memoria.escena.unidades[fila.quien.unidad]
    memoria.escena.administrar(
        f"UPDATE registro_unidad SET estado = 'suspendida', motivo = 'Prueba' WHERE id = '{unidad.id}'"
    )
    antes = memoria.limpiador.foto()
    try:
        respuesta = memoria.pedir(fila, memoria.escena.quien(fila, "derecho"))
        despues = memoria.limpiador.foto()
        cambios = [tabla for tabla, vista in despues.items() if vista != antes[tabla]]
    finally:
        memoria.limpiador.limpiar()
    if f"{fila.metodo} {fila.ruta}" in SIGUE:
        fallas = list(_exito(fila, "suspendida", respuesta, cambios, _detalle(respuesta)))
    else:
        fallas = [f"cambió {c}" for c in cambios if c not in ANOTA.get(f"{fila.metodo} {fila.ruta}", ())]
        if respuesta.status_code not in (403, 404, 409):
            fallas.append(f"debía negarse: {_detalle(respuesta)}")
    if fallas:
        pytest.fail("\n".join(fallas), pytrace=False)


# --- What the domain refuses --------------------------------------------------------------------------------


def _con_negada() -> Iterator[Any]:
    for fila in FILAS:
        if fila.negada is not None:
            falta = fila.negada.pendiente
            marcas = [pytest.mark.xfail(strict=True, reason=falta)] if falta else []
            yield pytest.param(fila, id=_nombre(fila), marks=marcas)


def test_cada_cambio_dice_que_puede_negarse() -> None:
    assert [_nombre(f) for f in FILAS if f.metodo == "GET" and (f.negada or f.sin_negada)] == []
    dicen = {_nombre(f) for f in FILAS if (f.negada is not None) != bool(f.sin_negada)}
    assert [_nombre(f) for f in FILAS if f.metodo != "GET" and _nombre(f) not in dicen] == []


@pytest.mark.parametrize("fila", list(_con_negada()))
def test_lo_que_el_dominio_niega_no_cambia_nada(memoria: Memoria, fila: Fila) -> None:
    assert fila.negada is not None
    mal_formadas = memoria.mal_formadas
    respuesta, cambios = memoria.cambios_de_lo_negado(fila)
    fallas = list(_mal_negada(fila, respuesta))
    if memoria.mal_formadas != mal_formadas:
        fallas.append("no llegó al dominio: está mal formada")
    if cambios != set(fila.negada.cambia):
        fallas.append(f"cambió {sorted(cambios)}")
    if fallas:
        pytest.fail("\n".join(fallas), pytrace=False)


def _mal_negada(fila: Fila, respuesta: Any) -> Iterator[str]:
    negada = fila.negada
    assert negada is not None
    if fila.es_api and negada.estado >= 400:
        dice = respuesta.status_code >= 400 and respuesta.json()["codigo"] == negada.dice
    else:
        dice = negada.dice in unescape(respuesta.text) + unquote(respuesta.headers.get("set-cookie", ""))
    if respuesta.status_code != negada.estado or not dice:
        yield f"debía ser {negada.estado} «{negada.dice}»: {_detalle(respuesta)}"
    if not respuesta.headers.get("location", "").startswith(negada.a):
        yield f"debía llevar a {negada.a}: {_detalle(respuesta)}"


def _detalle(respuesta: Any) -> str:
    texto = respuesta.text
    if "<main" in texto:
        texto = " ".join(re.sub(r"<[^>]+>", " ", texto[texto.index("<main") :]).split())
    aviso = unquote(respuesta.headers.get("set-cookie", ""))
    return f"{respuesta.status_code} {respuesta.headers.get('location', '')} {aviso} {texto[:700]!r}"
