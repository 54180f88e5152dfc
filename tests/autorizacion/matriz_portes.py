"""Rows of postage and of the operator's money: who pays, who carries, who pays for the operator."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import Fila, fila, mandato, no

DESPACHA = mandato("correos", "DESPACHAR", "corina")
PAGA = mandato("tienda", "PAGAR", "tomasa")
PAGA_POR_CORREOS = mandato("correos", "PAGAR", "corina")


def preparar(e: Escena) -> None:
    """The shop sends by quotes: one measured heavier, one whose excess it refused, one delivered with cash; a
    third person's too."""
    from envios.portes.excedentes import aceptar_excedente, rechazar_excedente
    from nucleo.bd import transaccion
    from nucleo.reloj import fecha_bolivia

    for clave in ("franqueo_de_mas", "franqueo_rechazado", "franqueo_pagado"):
        _enviar(e, clave, "0", mide=2_400)
    with transaccion() as sesion:
        rechazar_excedente(sesion, e.actor("tomasa"), e.valores["franqueo_rechazado"])
        aceptar_excedente(sesion, e.actor("tomasa"), e.valores["franqueo_pagado"])
    _enviar(e, "franqueo_por_pagar", "0", sin_pagar=True)
    e.valores["deuda_en_cuenta"] = _enviar(e, "con_cobro", "40.00")
    e.valores["deuda_en_ventanilla"] = _enviar(e, "de_tercera", "30.00", tercera=True)
    e.valores |= {"total_de_la_ronda": "7500", "dia_de_cuentas": str(fecha_bolivia())}
    _hoja_con_cobro(e)


def _hoja_con_cobro(e: Escena) -> None:
    """A round that collected Bs 35 at a door and came back."""
    from envios.despachos.hojas import agregar, cerrar_hoja, preparar_hoja, salir
    from envios.eventos import EventoNuevo, Fuente, registrar_autorizado
    from envios.items import envio_por_id
    from envios.operadores import ClaseAgencia, DatosDeAgencia, abrir_agencia
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion

    correos, corina = e.unidades["correos"].id, e.actor("corina")
    _enviar(e, "en_hoja", "35.00", mide=1_000)
    sistema = Autorizacion(Actor.sistema("prueba"), unidad_id=correos)
    with transaccion() as sesion:
        datos = DatosDeAgencia("AG-77", "Agencia de la ronda", ClaseAgencia.AGENCIA, "020101", "En la plaza")
        agencia = abrir_agencia(sesion, corina, correos, datos)
        hoja = preparar_hoja(sesion, corina, agencia.id, e.personas["corina"].id)
        agregar(sesion, corina, hoja.id, envio_por_id(sesion, e.valores["en_hoja"]).numero, insiste=True)
        salir(sesion, corina, hoja.id)
    with transaccion() as sesion:
        entregado = [EventoNuevo("EMI", e.valores["en_hoja"])]
        registrar_autorizado(sesion, sistema, correos, entregado, Fuente.API, verificar_codigo=False)
        cerrar_hoja(sesion, corina, hoja.id)
        e.valores["hoja_con_cobro"] = hoja.id


def _enviar(
    e: Escena, clave: str, cobro: str, *, mide: int = 0, tercera: bool = False, sin_pagar: bool = False
) -> Any:
    """One announced and not paid; measured and received; or delivered: then the id of its debt."""
    from empresa_digital.registro import parte_de_persona, parte_de_unidad, parte_tercera
    from envios import deudas, portes
    from envios.eventos import EventoNuevo, Fuente, registrar_autorizado
    from envios.items.anunciar import crear_envio
    from envios.tarifas.cotizar import Pedido, cotizar
    from envios.tarifas.valores import Bulto
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.dinero import bs
    from nucleo.ids import nuevo_id

    correos, tienda = e.unidades["correos"].id, e.unidades["tienda"].id
    bulto = Bulto(1_000, contra_entrega=bs(cobro))
    sistema = Autorizacion(Actor.sistema("prueba"), unidad_id=correos)
    with transaccion() as sesion:
        pedido = Pedido("020101", "051201", bulto, "ordinario", correos)
        cotizacion = cotizar(sesion, e.actor("tomasa"), pedido, id=nuevo_id()).id
        remite = parte_tercera(sesion, "Felipa Mamani") if tercera else parte_de_unidad(sesion, tienda)
        envio = crear_envio(
            sesion,
            Autorizacion.propia(Actor.sistema("prueba")),
            remitente_parte_id=remite.id,
            destinatario_parte_id=parte_de_persona(sesion, e.personas["ana"].id).id,
            destinatario_nombre=f"Ana {MARCA}",
            destinatario_telefono="70000001",
            destino_municipio_ine="051201",
            destino_referencia=f"Casa {MARCA}",
            operador_unidad_id=correos,
            peso_g=1_000,
            contenido="Una chompa",
            cotizacion_id=cotizacion if sin_pagar else None,
        )
        e.valores[clave] = envio.id
        if sin_pagar:
            return None
        if tercera:
            portes.cobrado_en_ventanilla(sesion, sistema, envio, cotizacion_id=cotizacion)
        else:
            cuenta = e.valores["cuenta_tienda"]
            portes.retener(sesion, e.actor("tomasa"), envio, cotizacion_id=cotizacion, cuenta_id=cuenta)
        if mide:
            portes.fijar_medida(sesion, sistema, envio, peso_g=mide)
        codigos = ("EMA",) if mide else ("EMA", "EMI")
        nuevos = [EventoNuevo(codigo, envio.id) for codigo in codigos]
        registrar_autorizado(sesion, sistema, correos, nuevos, Fuente.API, verificar_codigo=False)
        return next((d.id for d in deudas.deudas_de_envio(sesion, envio.id)), None)


_API = "/api/v1/envios/{envio_id}/franqueo"
_PAGINA = "/envios/{envio_id}/franqueo"
_PAGAR = "/envios/{envio_id}/pagar"
_POR_PAGAR = {"envio_id": "franqueo_por_pagar"}
_CUENTAS = "/envios/operador/cuentas"
_OPERADOR = "/api/v1/operadores-postales/{unidad_id}"
_ESTE = {"params": {"envio_id": "franqueo_de_mas"}}
_CORREOS: dict[str, Any] = {"consulta": {"unidad": "{unidad_correos}"}}
_DE_CORREOS = {"params": {"unidad_id": "unidad_correos"}}
_AJENO = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
"""Who sells for the shop sees what its shipments cost; who pays for it answers."""


def _otro(acto: str) -> tuple[str, str]:
    """An item that had the other answer, and what it says."""
    if acto in ("rechazo", "rechazar"):
        return "franqueo_pagado", "Aceptado y pagado"
    return "franqueo_rechazado", "Rechazado: no se cobra"


def _excedente(acto: str, quien: Any, alcance: str, **mas: Any) -> Fila:
    return fila(
        "POST",
        f"{_API}/excedente/{acto}",
        quien,
        200,
        alcance=alcance,
        maquina=404,
        negada=no(409, "sin_excedente", params={"envio_id": _otro(acto)[0]}),
        **_ESTE,
        **mas,
    )


def _por_pagina(acto: str, quien: Any, **mas: Any) -> Fila:
    return fila(
        "POST",
        f"{_PAGINA}/{acto}",
        quien,
        303,
        form={"_id": "{nuevo}"},
        a="/envios/",
        negada=no(409, _otro(acto)[1], params={"envio_id": _otro(acto)[0]}),
        **_ESTE,
        **mas,
    )


FILAS: list[Fila] = [
    fila("GET", _API, DESPACHA, 200, rechazo=404, maquina=404, alcance="envios", **_ESTE),
    _excedente("aceptacion", PAGA, "pagos", rechazo=_AJENO),
    _excedente("rechazo", PAGA, "pagos", rechazo=_AJENO),
    _excedente("pago-en-ventanilla", DESPACHA, "envios", rechazo=404),
    fila("GET", _PAGINA, DESPACHA, 200, rechazo=404, **_ESTE),
    _por_pagina("aceptar", PAGA, rechazo=_AJENO),
    _por_pagina("rechazar", PAGA, rechazo=_AJENO),
    _por_pagina("en-ventanilla", DESPACHA, rechazo=404),
    fila("GET", _PAGAR, PAGA, 200, rechazo=404, tambien={"sin_facultad"}, params=_POR_PAGAR),
    fila(
        "POST",
        _PAGAR,
        PAGA,
        303,
        form={"cuenta": "{cuenta_tienda}", "visto": "26,00", "_id": "{nuevo}"},
        a="/seguimiento/",
        rechazo=_AJENO,
        leen={"sin_facultad"},  # who sells for the shop sees what its shipments cost
        params=_POR_PAGAR,
        negada=no(409, "Ahora cuesta", {"visto": "1,00"}),
    ),
    fila(
        "POST",
        _API + "/pago",
        PAGA,
        200,
        json={"cuenta_id": "{cuenta_tienda}", "monto": {"monto": "26.00", "moneda": "BOB"}},
        alcance="pagos",
        maquina=404,
        rechazo=_AJENO,
        params=_POR_PAGAR,
        negada=no(409, "precio_distinto", {"monto": {"monto": "1.00", "moneda": "BOB"}}),
    ),
    fila("GET", _OPERADOR + "/deudas", PAGA_POR_CORREOS, 200, alcance="pagos", **_DE_CORREOS),
    fila(
        "POST",
        _OPERADOR + "/rondas",
        PAGA_POR_CORREOS,
        200,
        json={},
        alcance="pagos",
        negada=no(409, "ronda_distinta", {"total": {"monto": "0.01", "moneda": "BOB"}}),
        **_DE_CORREOS,
    ),
    fila("GET", _CUENTAS, PAGA_POR_CORREOS, 200, **_CORREOS),
    fila("GET", _CUENTAS + "/dia/{dia}", PAGA_POR_CORREOS, 200, params={"dia": "dia_de_cuentas"}, **_CORREOS),
    fila("GET", _CUENTAS + "/movimientos.csv", PAGA_POR_CORREOS, 200, **_CORREOS),
    fila(
        "POST",
        _CUENTAS + "/ronda",
        PAGA_POR_CORREOS,
        303,
        form={"total": "{total_de_la_ronda}", "_id": "{nuevo}"},
        a=_CUENTAS,
        negada=no(409, "mírela otra vez", {"total": "1"}),
        **_CORREOS,
    ),
    fila(
        "POST",
        "/envios/operador/hojas-de-ruta/{hoja_id}/ronda",
        mandato("correos", "ADMINISTRAR", "corina"),
        303,
        form={"total": "35,00", "_id": "{nuevo}"},
        a="/envios/operador/hojas-de-ruta/",
        rechazo=404,
        params={"hoja_id": "hoja_con_cobro"},
        negada=no(409, "mírela otra vez", {"total": "1,00"}),
    ),
    fila("GET", "/envios/operador/ventanilla", DESPACHA, 200, **_CORREOS),
    fila(
        "POST",
        "/envios/operador/ventanilla/{deuda_id}",
        DESPACHA,
        303,
        form={"recibo": "Felipa Mamani, 1234567", "_id": "{nuevo}"},
        a="/envios/operador/ventanilla",
        params={"deuda_id": "deuda_en_ventanilla"},
        negada=no(409, "Cierre la ronda", params={"deuda_id": "deuda_en_cuenta"}),
    ),
]
CONSTANTES: dict[str, str] = {}
HISTORIA = {0: preparar}
