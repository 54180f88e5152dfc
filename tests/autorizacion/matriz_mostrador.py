"""Rows of the counter: who works in that very agency admits, whoever it is of the same operator does not."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import ANA, CIUDADANO, PUBLICO, Fila, fila, mandato, no

ADMINISTRA = mandato("correos", "ADMINISTRAR", "corina")
_PAPEL = {"params": {"envio_id": "admitido"}}


def preparar(e: Escena) -> None:
    """An agency in La Paz; a parcel that was announced, another one admitted over its counter."""
    from empresa_digital.registro import Facultad, exigir_facultad, parte_de_persona, parte_de_unidad
    from envios.admision.admitir import admitir
    from envios.admision.precio import Pesada
    from envios.items.anunciar import crear_envio
    from envios.operadores import ClaseAgencia, DatosDeAgencia, abrir_agencia, asignar
    from nucleo.bd import transaccion
    from nucleo.dinero import cero

    tienda, correos = e.unidades["tienda"].id, e.unidades["correos"].id
    with transaccion() as sesion:
        datos = DatosDeAgencia("AG-20", "Agencia de La Paz", ClaseAgencia.AGENCIA, "020101", "En la plaza")
        corina = e.actor("corina")
        e.valores["mostrador"] = abrir_agencia(sesion, corina, correos, datos).id
        asignar(sesion, corina, e.valores["mostrador"], e.personas["en_su_agencia correos"].id)
        autorizacion = exigir_facultad(sesion, e.actor("tomasa"), tienda, Facultad.VENDER)
        for clave in ("por_admitir", "admitido"):
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
            e.valores |= {clave: envio.id, f"numero_{clave}": envio.numero}
    _con_recojo(e)
    with transaccion() as sesion:
        agencia = e.valores["mostrador"]
        admitir(sesion, corina, agencia, e.valores["admitido"], Pesada(500), visto=cero())


def _con_recojo(e: Escena) -> None:
    """Two parcels that Ana announced to be collected: nobody was found for one of them."""
    from sqlmodel import select

    from empresa_digital.registro import parte_tercera
    from envios.admision.anunciar import Anuncio, anunciar
    from envios.admision.estados import Franja
    from envios.admision.modelos import FilaDeRecojo
    from envios.admision.recojos import NuevoRecojo, anotar_no_hallado, dias_de_recojo
    from envios.operadores import agencia_por_id
    from envios.operadores.modelos import FilaDeHorario
    from envios.tarifas.cotizar import Pedido, cotizar
    from envios.tarifas.valores import Bulto
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from nucleo.reloj import fecha_bolivia

    agencia_id, ana = e.valores["mostrador"], e.actor("ana")
    with transaccion() as sesion:
        sesion.add_all(
            FilaDeHorario(agencia_id=agencia_id, dia=d, abre_min=480, cierra_min=1080) for d in range(1, 6)
        )
        sesion.flush()
        agencia = agencia_por_id(sesion, agencia_id)
        dia, otro = dias_de_recojo(sesion, agencia)[:2]
        e.valores["otro_dia_de_recojo"] = str(otro)
        for clave in ("por_recoger", "no_hallado"):
            bulto = Bulto(1200, recojo=True)
            pedido = Pedido("020101", "020101", bulto, "expreso", agencia.operador_unidad_id)
            nuevo = Anuncio(
                cotizacion_id=cotizar(sesion, ana, pedido, id=nuevo_id()).id,
                remitente_unidad_id=None,
                destinatario_parte_id=parte_tercera(sesion, "Zenón Mamani").id,
                destinatario_nombre="Zenón Mamani",
                destinatario_telefono="",
                destino_referencia=f"Casa {MARCA}",
                contenido="Quesos",
                recojo=NuevoRecojo(f"Calle {MARCA}", "+59171000001", dia, Franja.MANANA),
            )
            e.valores[clave] = anunciar(sesion, ana, nuevo).id
    with transaccion() as sesion:
        for fila in sesion.exec(select(FilaDeRecojo)):
            fila.dia = fecha_bolivia()
        e.valores["dia_de_recojo"] = str(fecha_bolivia())
        sesion.flush()
        anotar_no_hallado(sesion, e.actor("corina"), agencia_id, e.valores["no_hallado"])


_M = "/envios/mostrador/{agencia_id}"
_AQUI = {"params": {"agencia_id": "mostrador"}}
_ESTE: dict[str, Any] = {"params": {"agencia_id": "mostrador", "envio_id": "por_admitir"}}
_BULTO = {"destino": "051201", "peso_kg": "1,2"}
_SIN_ANUNCIO = {
    **_BULTO,
    "servicio": "ordinario",
    "visto": "29,00",
    "remitente_nombre": "Basilia Quispe",
    "destinatario_nombre": "Zenón Mamani",
    "destino_referencia": "Frente al mercado",
    "que_contiene": "Quesos",
    "_id": "{nuevo}",
}

_NO_HALLADO = {"envio_id": "no_hallado"}
_OFERTA = {
    "origen": "020101",
    "destino": "051201",
    "peso_kg": "1,2",
    "operador": "{unidad_correos}",
    "servicio": "ordinario",
}
_ANUNCIO = {
    **_OFERTA,
    "visto": "29,00",
    "remitente": "yo",
    "destinatario_nombre": "Zenón Mamani",
    "destino_referencia": "Frente al mercado",
    "que_contiene": "Quesos",
    "paga": "efectivo",
    "_id": "{nuevo}",
}

FILAS: list[Fila] = [
    fila(
        "GET",
        "/envios/mostrador",
        mandato("correos", "DESPACHAR", "corina"),
        200,
        consulta={"unidad": "{unidad_correos}"},
    ),
    fila("GET", _M, ADMINISTRA, 200, consulta={"q": "{numero_por_admitir}"}, contiene=True, **_AQUI),
    fila("GET", _M + "/admitir/{envio_id}", ADMINISTRA, 200, contiene=True, **_ESTE),
    fila(
        "POST",
        _M + "/admitir/{envio_id}",
        ADMINISTRA,
        303,
        form={"peso_kg": "0,5", "visto": "0,00", "_id": "{nuevo}"},
        a="/envios/",
        negada=no(409, "Ahora es", {"visto": "1,00"}),
        **_ESTE,
    ),
    fila("GET", _M + "/nuevo", ADMINISTRA, 200, consulta=_BULTO, **_AQUI),
    fila(
        "POST",
        _M + "/nuevo",
        ADMINISTRA,
        303,
        form=_SIN_ANUNCIO,
        a="/envios/",
        negada=no(409, "Ahora es", {"visto": "1,00"}),
        **_AQUI,
    ),
    fila(
        "GET",
        _M + "/recojos",
        ADMINISTRA,
        200,
        contiene=True,
        **_AQUI,
    ),
    fila(
        "POST",
        _M + "/recojos/{envio_id}/no-hallado",
        ADMINISTRA,
        303,
        params={"agencia_id": "mostrador", "envio_id": "por_recoger"},
        form={"_id": "{nuevo}"},
        a="/envios/mostrador/",
        negada=no(409, "no puede pasar", params={"envio_id": "no_hallado"}),
    ),
    fila("GET", "/envios/{envio_id}/recojo", ANA, 200, params=_NO_HALLADO, contiene=True, rechazo=404),
    fila(
        "POST",
        "/envios/{envio_id}/recojo",
        ANA,
        303,
        params=_NO_HALLADO,
        form={"recojo_dia": "{otro_dia_de_recojo}", "recojo_franja": "tarde", "_id": "{nuevo}"},
        a="/envios/",
        rechazo=404,
        negada=no(409, "no puede pasar", params={"envio_id": "por_recoger"}),
    ),
    fila("GET", "/envios/nuevo", CIUDADANO, 200, consulta=_OFERTA),
    fila(
        "POST",
        "/envios/nuevo",
        CIUDADANO,
        303,
        form=_ANUNCIO,
        a="/seguimiento/",
        negada=no(409, "Ahora cuesta", {"visto": "1,00"}),
    ),
    fila(
        "POST",
        "/api/v1/envios/{envio_id}/admision",
        ADMINISTRA,
        201,
        json={"agencia_id": "{mostrador}", "peso_g": 500, "importe": {"monto": "0.00", "moneda": "BOB"}},
        alcance="envios",
        maquina=403,
        negada=no(409, "precio_distinto", {"importe": {"monto": "1.00", "moneda": "BOB"}}),
        params={"envio_id": "por_admitir"},
    ),
    fila(
        "GET",
        "/api/v1/envios/{envio_id}/admision",
        mandato("correos", "DESPACHAR", "corina"),
        200,
        rechazo=404,
        alcance="envios",
        maquina=404,
        **_PAPEL,
    ),
    fila("GET", _M + "/cierre", ADMINISTRA, 200, **_AQUI),
    fila("GET", _M + "/cierre.csv", ADMINISTRA, 200, **_AQUI),
    fila(
        "GET",
        "/envios/{envio_id}/constancia",
        mandato("correos", "DESPACHAR", "corina"),
        200,
        contiene=True,
        rechazo=404,
        **_PAPEL,
    ),
    fila(
        "GET",
        "/envios/{envio_id}/constancia.pdf",
        mandato("correos", "DESPACHAR", "corina"),
        200,
        rechazo=404,
        **_PAPEL,
    ),
    fila("GET", "/seguimiento/{numero}/admision", PUBLICO, 200, params={"numero": "numero_admitido"}),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
