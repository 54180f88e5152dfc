"""Rows of bags, manifests, differences and rounds: for who does not work at the agency, they do not exist."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import Fila, fila, mandato, no

ADMINISTRA = mandato("correos", "ADMINISTRAR", "corina")
DESPACHA = mandato("correos", "DESPACHAR", "corina")


def preparar(e: Escena) -> None:
    """Between two agencies: bags being filled and sealed, manifests in each state, differences, rounds."""
    from sqlmodel import select

    from empresa_digital.registro import Facultad, exigir_facultad, parte_de_persona, parte_de_unidad
    from envios.despachos.despachos import cargar, despachar, preparar_despacho
    from envios.despachos.diferencias import explicar
    from envios.despachos.hojas import agregar, preparar_hoja
    from envios.despachos.modelos import Diferencia
    from envios.despachos.recibir import cerrar_recepcion
    from envios.despachos.sacas import abrir_saca, cerrar_saca, meter
    from envios.items.anunciar import crear_envio
    from envios.operadores import ClaseAgencia, DatosDeAgencia, abrir_agencia, asignar
    from nucleo.bd import transaccion
    from nucleo.reloj import fecha_bolivia

    tienda, correos, corina = e.unidades["tienda"].id, e.unidades["correos"].id, e.actor("corina")
    ids = {}
    with transaccion() as sesion:
        for clave, codigo in (("ag_sale", "AG-30"), ("ag_llega", "AG-31")):
            datos = DatosDeAgencia(codigo, f"Agencia {codigo}", ClaseAgencia.AGENCIA, "020101", "En la plaza")
            ids[clave] = e.valores[clave] = abrir_agencia(sesion, corina, correos, datos).id
        asignar(sesion, corina, ids["ag_sale"], e.personas["corina"].id)
        for agencia in ids.values():
            asignar(sesion, corina, agencia, e.personas["en_su_agencia correos"].id)
        autorizacion = exigir_facultad(sesion, e.actor("tomasa"), tienda, Facultad.VENDER)
        for n in range(7):
            envio = crear_envio(
                sesion,
                autorizacion,
                remitente_parte_id=parte_de_unidad(sesion, tienda).id,
                destinatario_parte_id=parte_de_persona(sesion, e.personas["ana"].id).id,
                destinatario_nombre=f"Ana {MARCA}",
                destinatario_telefono="70000001",
                destino_municipio_ine="020601",
                destino_referencia=f"Casa {MARCA}",
                operador_unidad_id=correos,
                peso_g=450,
                contenido="Una chompa",
            )
            e.valores |= {f"suelto_{n}": envio.id, f"numero_suelto_{n}": envio.numero}
    numero = {n: e.valores[f"numero_suelto_{n}"] for n in range(7)}
    camino = (ids["ag_sale"], ids["ag_llega"])
    with transaccion() as sesion:
        for clave, n in (("saca_abierta", 0), ("saca_cerrada", 1)):
            saca = abrir_saca(sesion, corina, *camino)
            meter(sesion, corina, saca.id, numero[n])
            e.valores |= {clave: saca.id, f"numero_{clave}": saca.numero}
        cerrar_saca(sesion, corina, e.valores["saca_cerrada"], "BO-1", 900)
        e.valores["saca_vacia"] = abrir_saca(sesion, corina, *camino).id
        for clave, n in (("despacho_listo", 2), ("despacho_en_camino", 3), ("despacho_recibido", 4)):
            despacho = preparar_despacho(sesion, corina, *camino, vehiculo="Bus", conductor="Flota")
            cargar(sesion, corina, despacho.id, numero[n])
            e.valores[clave] = despacho.id
        quien = {"vehiculo": "Bus", "conductor": "Flota"}
        e.valores["despacho_vacio"] = preparar_despacho(sesion, corina, *camino, **quien).id
    for clave in ("despacho_en_camino", "despacho_recibido"):
        with transaccion() as sesion:
            despachar(sesion, corina, e.valores[clave])
    with transaccion() as sesion:
        cerrar_recepcion(sesion, corina, e.valores["despacho_recibido"])
        e.valores["diferencia"] = sesion.exec(select(Diferencia.id)).one()
        otro = preparar_despacho(sesion, corina, *camino, **quien)
        cargar(sesion, corina, otro.id, numero[6])
        despachar(sesion, corina, otro.id)
        cerrar_recepcion(sesion, corina, otro.id)
        explicada = sesion.exec(select(Diferencia.id).where(Diferencia.despacho_id == otro.id)).one()
        explicar(sesion, corina, explicada, "Se quedó")
        e.valores["diferencia_explicada"] = explicada
        hoja = preparar_hoja(sesion, corina, ids["ag_sale"], e.personas["corina"].id)
        agregar(sesion, corina, hoja.id, numero[5])
        e.valores["ruta"] = hoja.id
        e.valores["hoja_vacia"] = preparar_hoja(sesion, corina, ids["ag_sale"], e.personas["corina"].id).id
        e.valores["hoy"] = fecha_bolivia().isoformat()


_S, _D, _H = "/api/v1/sacas", "/api/v1/despachos", "/api/v1/hojas-de-ruta"
_F = "/api/v1/diferencias-de-despacho/{diferencia_id}"
_CAMINO = {"origen_agencia_id": "{ag_sale}", "destino_agencia_id": "{ag_llega}"}
_EN_EL_SITIO = {"destino_agencia_id": "{ag_sale}"}
_QUIEN = {"vehiculo": "Bus de las 20", "conductor": "Flota Sur"}
_RUTA = {"agencia_id": "{ag_sale}", "repartidor_persona_id": "{persona_corina}"}
_LISTA = {"consulta": {"agencia_id": "{ag_sale}"}, "alcance": "envios"}
_OCULTO: dict[str, Any] = {"rechazo": 404, "maquina": 404, "alcance": "envios"}
_LIBRE = {"codigo": "{numero_envio}"}
_DENTRO = {"codigo": "{numero_suelto_1}"}
_PRECINTO = {"precinto": "BO-7", "peso_g": 900}


def _saca(cual: str, **mas: str) -> dict[str, Any]:
    return {"params": {"saca_id": cual} | mas}


def _despacho(cual: str, **mas: str) -> dict[str, Any]:
    return {"params": {"despacho_id": cual} | mas}


def _hoja(cual: str, **mas: str) -> dict[str, Any]:
    return {"params": {"hoja_id": cual} | mas}


API = [
    fila("GET", _S, ADMINISTRA, 200, **_LISTA),
    fila(
        "POST",
        _S,
        ADMINISTRA,
        201,
        json=_CAMINO,
        alcance="envios",
        negada=no(422, "datos_invalidos", _EN_EL_SITIO),
    ),
    fila("GET", _S + "/{saca_id}", ADMINISTRA, 200, **_saca("saca_abierta"), **_OCULTO),
    fila(
        "POST",
        _S + "/{saca_id}/envios",
        ADMINISTRA,
        200,
        json=_LIBRE,
        negada=no(409, "ya_esta_dentro", _DENTRO),
        **_saca("saca_abierta"),
        **_OCULTO,
    ),
    fila(
        "DELETE",
        _S + "/{saca_id}/envios/{envio_id}",
        ADMINISTRA,
        204,
        negada=no(409, "no_esta_dentro", params={"envio_id": "suelto_1"}),
        **_saca("saca_abierta", envio_id="suelto_0"),
        **_OCULTO,
    ),
    fila(
        "POST",
        _S + "/{saca_id}/cierre",
        ADMINISTRA,
        200,
        json=_PRECINTO,
        negada=no(409, "sin_carga", params={"saca_id": "saca_vacia"}),
        **_saca("saca_abierta"),
        **_OCULTO,
    ),
    fila(
        "POST",
        _S + "/{saca_id}/paso",
        ADMINISTRA,
        200,
        json={"paso": "reabrir"},
        negada=no(409, "paso_de_saca", {"paso": "vaciar"}),
        **_saca("saca_cerrada"),
        **_OCULTO,
    ),
    fila("GET", _D, ADMINISTRA, 200, **_LISTA),
    fila(
        "POST",
        _D,
        ADMINISTRA,
        201,
        json=_CAMINO | _QUIEN,
        alcance="envios",
        negada=no(422, "datos_invalidos", _EN_EL_SITIO),
    ),
    fila("GET", _D + "/{despacho_id}", ADMINISTRA, 200, **_despacho("despacho_recibido"), **_OCULTO),
    fila("GET", _D + "/{despacho_id}/manifiesto", ADMINISTRA, 200, **_despacho("despacho_listo"), **_OCULTO),
    fila(
        "POST",
        _D + "/{despacho_id}/carga",
        ADMINISTRA,
        200,
        json={"codigo": "{numero_saca_cerrada}"},
        negada=no(409, "ya_esta_dentro", {"codigo": "{numero_suelto_0}"}),
        **_despacho("despacho_listo"),
        **_OCULTO,
    ),
    fila(
        "DELETE",
        _D + "/{despacho_id}/carga/{cosa_id}",
        ADMINISTRA,
        204,
        negada=no(409, "no_esta_dentro", params={"cosa_id": "suelto_0"}),
        **_despacho("despacho_listo", cosa_id="suelto_2"),
        **_OCULTO,
    ),
    fila(
        "POST",
        _D + "/{despacho_id}/paso",
        ADMINISTRA,
        200,
        json={"paso": "salir"},
        negada=no(409, "sin_carga", params={"despacho_id": "despacho_vacio"}),
        **_despacho("despacho_listo"),
        **_OCULTO,
    ),
    fila(
        "POST",
        _D + "/{despacho_id}/llegadas",
        ADMINISTRA,
        200,
        json={"codigo": "{numero_suelto_3}"},
        negada=no(409, "ya_esta_dentro", {"codigo": "{numero_suelto_0}"}),
        **_despacho("despacho_en_camino"),
        **_OCULTO,
    ),
    fila(
        "POST",
        _F + "/explicacion",
        ADMINISTRA,
        200,
        json={"explicacion": "Se quedó en el estante"},
        negada=no(409, "paso_de_diferencia", params={"diferencia_id": "diferencia_explicada"}),
        params={"diferencia_id": "diferencia"},
        **_OCULTO,
    ),
    fila(
        "POST",
        _F + "/respuesta",
        ADMINISTRA,
        200,
        json={"acepta": True},
        negada=no(409, "paso_de_diferencia", params={"diferencia_id": "diferencia"}),
        params={"diferencia_id": "diferencia_explicada"},
        **_OCULTO,
    ),
    fila("GET", _H, ADMINISTRA, 200, **_LISTA),
    fila(
        "POST",
        _H,
        ADMINISTRA,
        201,
        json=_RUTA,
        alcance="envios",
        negada=no(422, "datos_invalidos", {"repartidor_persona_id": "{persona_ana}"}),
    ),
    fila("GET", _H + "/{hoja_id}", ADMINISTRA, 200, contiene=True, **_hoja("ruta"), **_OCULTO),
    fila(
        "POST",
        _H + "/{hoja_id}/envios",
        ADMINISTRA,
        200,
        json=_LIBRE,
        negada=no(409, "ya_esta_dentro", {"codigo": "{numero_suelto_0}"}),
        **_hoja("ruta"),
        **_OCULTO,
    ),
    fila(
        "DELETE",
        _H + "/{hoja_id}/envios/{envio_id}",
        ADMINISTRA,
        204,
        negada=no(409, "no_esta_dentro", params={"envio_id": "suelto_0"}),
        **_hoja("ruta", envio_id="suelto_5"),
        **_OCULTO,
    ),
    fila(
        "POST",
        _H + "/{hoja_id}/paso",
        ADMINISTRA,
        200,
        json={"paso": "salir"},
        negada=no(409, "sin_carga", params={"hoja_id": "hoja_vacia"}),
        **_hoja("ruta"),
        **_OCULTO,
    ),
]

_O = "/envios/operador"
_PS, _PD, _PH = _O + "/sacas", _O + "/despachos", _O + "/hojas-de-ruta"
_PF = _O + "/diferencias/{diferencia_id}"
_404: dict[str, Any] = {"rechazo": 404}
_AQUI = {"consulta": {"unidad": "{unidad_correos}"}}

PAGINAS = [
    fila("GET", _PD, DESPACHA, 200, **_AQUI),
    fila(
        "POST",
        _PS,
        ADMINISTRA,
        303,
        form=_CAMINO,
        a=_PS,
        negada=no(422, "Elija una agencia distinta", _EN_EL_SITIO),
    ),
    fila("GET", _PS + "/{saca_id}", ADMINISTRA, 200, **_saca("saca_abierta"), **_404),
    fila(
        "POST",
        _PS + "/{saca_id}/lectura",
        ADMINISTRA,
        303,
        form=_LIBRE,
        a=_PS,
        negada=no(409, "sáquelo de ahí primero", _DENTRO),
        **_saca("saca_abierta"),
        **_404,
    ),
    fila(
        "POST",
        _PS + "/{saca_id}/retiro",
        ADMINISTRA,
        303,
        form={"cosa": "{suelto_0}"},
        a=_PS,
        negada=no(409, "Ese envío no está en", {"cosa": "{suelto_1}"}),
        **_saca("saca_abierta"),
        **_404,
    ),
    fila(
        "POST",
        _PS + "/{saca_id}/cierre",
        ADMINISTRA,
        303,
        form={"precinto": "BO-7", "peso_kg": "0,9"},
        a=_PS,
        negada=no(409, "La saca está vacía", params={"saca_id": "saca_vacia"}),
        **_saca("saca_abierta"),
        **_404,
    ),
    fila(
        "POST",
        _PS + "/{saca_id}/paso",
        ADMINISTRA,
        303,
        form={"paso": "reabrir"},
        a=_PS,
        negada=no(409, "no llegó todavía", {"paso": "vaciar"}),
        **_saca("saca_cerrada"),
        **_404,
    ),
    fila(
        "POST",
        _PD,
        ADMINISTRA,
        303,
        form=_CAMINO | _QUIEN,
        a=_PD,
        negada=no(422, "Elija una agencia distinta", _EN_EL_SITIO),
    ),
    fila("GET", _PD + "/{despacho_id}", ADMINISTRA, 200, **_despacho("despacho_recibido"), **_404),
    fila(
        "GET", _PD + "/{despacho_id}/manifiesto.pdf", ADMINISTRA, 200, **_despacho("despacho_listo"), **_404
    ),
    fila(
        "POST",
        _PD + "/{despacho_id}/carga",
        ADMINISTRA,
        303,
        form={"codigo": "{numero_saca_cerrada}"},
        a=_PD,
        negada=no(409, "sáquelo de ahí primero", {"codigo": "{numero_suelto_0}"}),
        **_despacho("despacho_listo"),
        **_404,
    ),
    fila(
        "POST",
        _PD + "/{despacho_id}/descarga",
        ADMINISTRA,
        303,
        form={"cosa": "{suelto_2}"},
        a=_PD,
        negada=no(409, "Ese envío no está en", {"cosa": "{suelto_0}"}),
        **_despacho("despacho_listo"),
        **_404,
    ),
    fila(
        "POST",
        _PD + "/{despacho_id}/paso",
        ADMINISTRA,
        303,
        form={"paso": "salir"},
        a=_PD,
        negada=no(409, "No hay nada cargado", params={"despacho_id": "despacho_vacio"}),
        **_despacho("despacho_listo"),
        **_404,
    ),
    fila(
        "POST",
        _PD + "/{despacho_id}/llegada",
        ADMINISTRA,
        303,
        form={"codigo": "{numero_suelto_3}", "precinto": "intacto"},
        a=_PD,
        negada=no(409, "pida que lo saquen de ahí", {"codigo": "{numero_suelto_0}"}),
        **_despacho("despacho_en_camino"),
        **_404,
    ),
    fila(
        "POST",
        _PF + "/explicacion",
        ADMINISTRA,
        303,
        form={"explicacion": "Se quedó en el estante"},
        a=_PD,
        negada=no(409, "no puede pasar", params={"diferencia_id": "diferencia_explicada"}),
        params={"diferencia_id": "diferencia"},
        **_404,
    ),
    fila(
        "POST",
        _PF + "/respuesta",
        ADMINISTRA,
        303,
        form={"acepta": "si"},
        a=_PD,
        negada=no(409, "Nadie la explicó todavía", params={"diferencia_id": "diferencia"}),
        params={"diferencia_id": "diferencia_explicada"},
        **_404,
    ),
    fila("GET", _PH, DESPACHA, 200, **_AQUI),
    fila(
        "POST",
        _PH,
        ADMINISTRA,
        303,
        form=_RUTA | {"dia": "{hoy}"},
        a=_PH,
        negada=no(422, "Elija hoy o uno", {"dia": "2020-01-01"}),
    ),
    fila("GET", _PH + "/{hoja_id}", ADMINISTRA, 200, contiene=True, **_hoja("ruta"), **_404),
    fila("GET", _PH + "/{hoja_id}/hoja.pdf", ADMINISTRA, 200, **_hoja("ruta"), **_404),
    fila(
        "POST",
        _PH + "/{hoja_id}/lectura",
        ADMINISTRA,
        303,
        form=_LIBRE,
        a=_PH,
        negada=no(409, "sáquelo de ahí primero", {"codigo": "{numero_suelto_0}"}),
        **_hoja("ruta"),
        **_404,
    ),
    fila(
        "POST",
        _PH + "/{hoja_id}/retiro",
        ADMINISTRA,
        303,
        form={"cosa": "{suelto_5}"},
        a=_PH,
        negada=no(409, "Ese envío no está en", {"cosa": "{suelto_0}"}),
        **_hoja("ruta"),
        **_404,
    ),
    fila(
        "POST",
        _PH + "/{hoja_id}/paso",
        ADMINISTRA,
        303,
        form={"paso": "salir"},
        a=_PH,
        negada=no(409, "No hay nada que repartir", params={"hoja_id": "hoja_vacia"}),
        **_hoja("ruta"),
        **_404,
    ),
]

FILAS: list[Fila] = [*API, *PAGINAS]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
