"""Rows of joint acts: what waits for signatures; API and pages."""

from tests.autorizacion.escena import MARCA, Escena, apoderar
from tests.autorizacion.filas import CIUDADANO, Fila, Quien, fila, mandato, no
from tests.ayudas.personas import nueva_persona

FIRMA = mandato("tienda", "PAGAR", "beto")
ADMINISTRA = mandato("taller", "ADMINISTRAR", "tomas")
PROPONE = Quien("socia", "tienda", "PAGAR")
"""Who only pays with others, and proposed it."""


def preparar(e: Escena) -> None:
    from empresa_digital.registro import acto_salida, rechazar_acto
    from nucleo.actos import Propuesto
    from nucleo.bd import transaccion
    from nucleo.dinero import bs
    from nucleo.ids import nuevo_id
    from pagos.retiros import DatosDeRetiro
    from pagos.retiros.acto import pedir_o_proponer

    grupo = nuevo_id()
    for nombre in ("socia", "socio"):
        e.personas[nombre] = nueva_persona(nombre.capitalize())
        apoderar(e.unidades["tienda"], ["PAGAR"], persona=e.personas[nombre], firmas=2, grupo=grupo)
    for clave in ("acto", "acto_terminado"):
        cuenta = e.valores["cuenta_tienda"]
        datos = DatosDeRetiro(cuenta, bs("3.00"), "UNION", "1000234567", f"Tienda {MARCA}")
        with transaccion() as sesion:
            propuesto = pedir_o_proponer(sesion, e.actor("socia"), nuevo_id(), datos)
            assert isinstance(propuesto, Propuesto)
            e.valores[clave] = propuesto.id
            e.valores["huella_del_acto"] = acto_salida(sesion, e.valores["acto"]).huella
    with transaccion() as sesion:
        rechazar_acto(sesion, e.actor("socio"), e.valores["acto_terminado"], "Prueba")


_UNO = {"params": {"acto_id": "acto"}, "rechazo": 404}
_OTRO = {"acto_id": "acto_terminado"}
_FIRMA = {"huella": "{huella_del_acto}"}
_CERO = {"huella": "0" * 64}
_MOTIVO = {"motivo": "Prueba"}

_TALLER = {"params": {"numero": "numero_taller"}}
_GRUPO = {
    "personas.0.ci": "{ci_jorge}",
    "personas.1.ci": "{ci_luis}",
    "firmas": "2",
    "facultades.VENDER": "1",
}
_GRUPO_JSON = {
    "personas": [{"ci": "{ci_jorge}"}, {"ci": "{ci_luis}"}],
    "firmas": 2,
    "facultades": ["VENDER"],
}

FILAS: list[Fila] = [
    fila("GET", "/api/v1/actos", CIUDADANO, 200),
    fila("GET", "/api/v1/actos/por-firmar", CIUDADANO, 200),
    fila("GET", "/api/v1/actos/{acto_id}", FIRMA, 200, contiene=True, **_UNO),
    fila(
        "POST",
        "/api/v1/actos/{acto_id}/firma",
        FIRMA,
        200,
        json=_FIRMA,
        **_UNO,
        negada=no(412, "huella_distinta", _CERO),
    ),
    fila(
        "POST",
        "/api/v1/actos/{acto_id}/rechazo",
        FIRMA,
        200,
        json=_MOTIVO,
        **_UNO,
        negada=no(409, "acto_terminado", params=_OTRO),
    ),
    fila(
        "POST",
        "/api/v1/actos/{acto_id}/retiro",
        PROPONE,
        200,
        **_UNO,
        negada=no(409, "acto_terminado", params=_OTRO),
    ),
    fila("GET", "/por-firmar", CIUDADANO, 200),
    fila("GET", "/por-firmar/{acto_id}", FIRMA, 200, contiene=True, **_UNO),
    fila(
        "POST",
        "/por-firmar/{acto_id}/firmar",
        FIRMA,
        303,
        form=_FIRMA,
        a="/por-firmar/",
        **_UNO,
        negada=no(412, "Vuelva a leerlo", _CERO),
    ),
    fila(
        "POST",
        "/por-firmar/{acto_id}/rechazar",
        FIRMA,
        303,
        form=_MOTIVO,
        a="/por-firmar",
        **_UNO,
        negada=no(409, "ya no espera firmas", params=_OTRO),
    ),
    fila(
        "POST",
        "/por-firmar/{acto_id}/retirar",
        PROPONE,
        303,
        a="/por-firmar",
        **_UNO,
        negada=no(409, "ya no espera firmas", params=_OTRO),
    ),
    fila(
        "POST",
        "/api/v1/unidades-economicas/{numero}/mandatos-conjuntos",
        ADMINISTRA,
        201,
        json=_GRUPO_JSON,
        con_otros="propone",
        solo_quien="nadie da más tiempo del que tiene",
        **_TALLER,
        negada=no(422, "datos_invalidos", {"firmas": 3}),
    ),
    fila("GET", "/mis-unidades/{numero}/mandatos/conjunto", ADMINISTRA, 200, con_otros="mira", **_TALLER),
    fila(
        "POST",
        "/mis-unidades/{numero}/mandatos/conjunto",
        ADMINISTRA,
        303,
        form=_GRUPO,
        con_otros="propone",
        solo_quien="nadie da más tiempo del que tiene",
        a="/mis-unidades/",
        **_TALLER,
        negada=no(422, "entre 2 y 2", {"firmas": "3"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
