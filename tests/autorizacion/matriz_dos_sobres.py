"""Rows of the processes with two envelopes: who evaluates qualifies the technical part before any price."""

from typing import Any
from uuid import uuid4

from tests.autorizacion.escena import Escena
from tests.autorizacion.feria import _habil
from tests.autorizacion.filas import PUBLICO, Fila, bs, fila, mandato, no
from tests.ayudas.personas import nueva_persona, nuevo_actor

EVALUA = mandato("alcaldia", "EVALUAR", "alberto")
_NO_VE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
_TECNICA: dict[str, Any] = {"params": {"convocatoria_id": "tecnica"}}


def publicar(e: Escena) -> None:
    """A group of the town hall holds the keys of one call, with the bid of the shop, and ends then."""
    from feria_inversa.llaves import secreto
    from feria_inversa.llaves.fines import terminar_resguardo
    from feria_inversa.llaves.resguardos import ensayar, inscribir, nombrar
    from feria_inversa.ofertas.esquemas import LineaEntrada
    from feria_inversa.ofertas.ofertas import presentar_oferta
    from feria_inversa.procesos.consultas import items_de
    from feria_inversa.procesos.convocatorias import crear_borrador, publicar_convocatoria
    from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
    from nucleo.bd import transaccion

    alberto, alcaldia = e.actor("alberto"), e.unidades["alcaldia"].id
    guardas = [(nuevo_actor(nueva_persona(f"Guarda {n}")), secreto.nuevo()) for n in range(2)]
    with transaccion() as sesion:
        ids = [actor.persona_id for actor, _clave in guardas if actor.persona_id]
        grupo = nombrar(sesion, alberto, alcaldia, 2, ids, uuid4()).id
    for actor, clave in guardas:
        with transaccion() as sesion:
            inscribir(sesion, actor, grupo, secreto.publica_del(clave))
    for actor, clave in guardas:
        with transaccion() as sesion:
            ensayar(sesion, actor, grupo, clave=clave)
    e.valores["guardas_tecnicos"] = guardas
    datos = {
        "titulo": "Consultoría en dos sobres",
        "municipio_ine": "010101",
        "plazo_entrega_dias": 30,
        "categoria": "consultoria",
        "metodo": "calidad_y_costo",
        "puntos_tecnica": 70,
        "minimo_tecnica": 50,
        "adjudica_por": "total",
        "dos_sobres": True,
    }
    pedido = {
        "descripcion": "Diseño de un puente",
        "cantidad": "1",
        "unidad_medida": "pieza",
        "precio_referencial": bs("90000.00"),
    }
    with transaccion() as sesion:
        hecha = crear_borrador(
            sesion,
            alberto,
            alcaldia,
            ConvocatoriaEntrada.model_validate(datos),
            [ItemEntrada.model_validate(pedido)],
        )
        item = items_de(sesion, hecha.id)[0].id
        e.valores["tecnica"] = hecha.id
    with transaccion() as sesion:
        publicar_convocatoria(sesion, alberto, e.valores["tecnica"], _habil(15))
    with transaccion() as sesion:  # another, for which nobody will bid
        suyo = {"titulo": "Sillas que nadie ofrece", "municipio_ine": "010101", "plazo_entrega_dias": 30}
        silla = pedido | {"descripcion": "Silla", "precio_referencial": bs("400.00")}
        hecha = crear_borrador(
            sesion,
            alberto,
            alcaldia,
            ConvocatoriaEntrada.model_validate(suyo),
            [ItemEntrada.model_validate(silla)],
        )
        e.valores["sellada_vacia"] = hecha.id
    with transaccion() as sesion:
        publicar_convocatoria(sesion, alberto, e.valores["sellada_vacia"], _habil(15))
    linea = {"item_id": item, "precio_unitario": bs("80000.00"), "marca": "Propia", "plazo_dias": 15}
    with transaccion() as sesion:
        tienda = e.unidades["tienda"].id
        lineas = [LineaEntrada.model_validate(linea)]
        oferta = presentar_oferta(sesion, e.actor("tomasa"), e.valores["tecnica"], tienda, lineas)
        e.valores["oferta_tecnica"], e.valores["huella_sellada"] = oferta.id, oferta.huella
    with transaccion() as sesion:
        terminar_resguardo(sesion, alberto, grupo, "Se nombrará a otras personas.")


def abrir(e: Escena) -> None:
    """The technical part is open, and waits for who evaluates; so is a call that nobody answered."""
    from constancia import integrar_pendientes
    from feria_inversa.apertura import abrir_convocatoria, entregar_parte
    from nucleo.bd import transaccion

    for actor, clave in e.valores["guardas_tecnicos"]:
        with transaccion() as sesion:
            entregar_parte(sesion, actor, e.valores["tecnica"], clave=clave)
    with transaccion() as sesion:
        abrir_convocatoria(sesion, e.actor("alberto"), e.valores["sellada_vacia"])
    integrar_pendientes()


_UNA = "/api/v1/convocatorias/{convocatoria_id}"
FILAS: list[Fila] = [
    fila(
        "GET",
        _UNA + "/ofertas/{huella}/prueba",
        PUBLICO,
        200,
        params={"convocatoria_id": "tecnica", "huella": "huella_sellada"},
    ),
    fila("GET", _UNA + "/apertura/prueba", PUBLICO, 200, params={"convocatoria_id": "sellada_vacia"}),
    fila(
        "POST",
        "/api/v1/convocatorias/{convocatoria_id}/calificacion-tecnica",
        EVALUA,
        201,
        json={"revisadas": [{"oferta_id": "{oferta_tecnica}", "puntos": "60"}]},
        **_TECNICA,
        negada=no(422, "datos_invalidos", {"revisadas": [{"oferta_id": "{oferta_tecnica}", "puntos": "71"}]}),
    ),
    fila("GET", "/compras/{convocatoria_id}/calificacion-tecnica", EVALUA, 200, rechazo=_NO_VE, **_TECNICA),
    fila(
        "POST",
        "/compras/{convocatoria_id}/calificacion-tecnica",
        EVALUA,
        303,
        form={"revisadas.1.causa": "sigue", "revisadas.1.puntos": "60"},
        rechazo=_NO_VE,
        a="/compras/",
        **_TECNICA,
        negada=no(422, "Ponga sus puntos", {"revisadas.1.puntos": "71"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {-60: publicar, -3: abrir}
