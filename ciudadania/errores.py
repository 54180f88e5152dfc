"""Errors of this room."""

from typing import ClassVar

from nucleo.errores import (
    Conflicto,
    DatosInvalidos,
    ErrorDominio,
    NoAutenticado,
    NoDisponible,
    NoEncontrado,
    Prohibido,
)
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class IdentidadInvalida(DatosInvalidos):
    codigo = "identidad_invalida"
    titulo = _l("No se pudo leer su identidad")


class IdentidadEnConflicto(Conflicto):
    codigo = "identidad_en_conflicto"
    titulo = _l("Su identidad no coincide con la registrada")


class PersonaNoEncontrada(NoEncontrado):
    codigo = "persona_no_encontrada"
    titulo = _l("No existe esa persona")


class InicioNoCoincide(ErrorDominio):
    """`mismatching_state`: the return does not belong to an attempt of this browser."""

    estado: ClassVar[int] = 400
    codigo: ClassVar[str] = "mismatching_state"
    titulo: ClassVar[str] = _l("No se pudo completar el ingreso")


class IngresoRechazado(ErrorDominio):
    """The provider's answer failed a check, or the citizen said no."""

    estado: ClassVar[int] = 400
    codigo: ClassVar[str] = "ingreso_rechazado"
    titulo: ClassVar[str] = _l("No se pudo completar el ingreso")


class ProveedorNoDisponible(NoDisponible):
    codigo = "proveedor_de_identidad_no_disponible"
    titulo = _l("Ciudadanía Digital no responde")


class SesionNoReciente(NoAutenticado):
    """Step-up (RFC 9470): the action asks for a fresh sign-in; `max_age` says how fresh, in seconds.

    A page sends the person to sign in again and back to where the form was. Nothing was judged yet: the same
    request, with the same idempotency key, may well succeed afterwards.
    """

    pasajero = True
    codigo = "sesion_no_reciente"
    titulo = _l("Confirme su identidad")

    def __init__(self, max_age_s: int) -> None:
        super().__init__(
            _("Esta acción pide que ingrese otra vez con su ciudadanía digital."), max_age=max_age_s
        )
        self.max_age_s = max_age_s
        self.cabeceras["WWW-Authenticate"] = (
            f'Bearer realm="qhatu", error="insufficient_user_authentication", max_age={max_age_s}'
        )


class TokenInvalido(NoAutenticado):
    codigo = "token_invalido"
    titulo = _l("El token no es válido o ya venció")

    def __init__(self, detalle: str = "") -> None:
        super().__init__(detalle)
        self.cabeceras["WWW-Authenticate"] = 'Bearer realm="qhatu", error="invalid_token"'


class AlcanceInsuficiente(Prohibido):
    codigo = "alcance_insuficiente"
    titulo = _l("El cliente no tiene el alcance necesario")

    def __init__(self, alcances: list[str]) -> None:
        necesarios = " ".join(alcances)
        super().__init__(
            _("Se necesita el alcance «%(necesarios)s».") % {"necesarios": necesarios}
            if necesarios
            else _("Esta operación es solo para personas; un cliente de máquina no puede hacerla.")
        )
        if necesarios:
            self.cabeceras["WWW-Authenticate"] = (
                f'Bearer realm="qhatu", error="insufficient_scope", scope="{necesarios}"'
            )


class SoloDemostracion(Prohibido):
    codigo = "solo_demostracion"
    titulo = _l("Solo existe en modo demostración")


class ClienteNoEncontrado(NoEncontrado):
    codigo = "cliente_no_encontrado"
    titulo = _l("No existe ese programa")


class ClienteDesconectado(Conflicto):
    codigo = "cliente_desconectado"
    titulo = _l("El programa ya está desconectado")


class SecretoYaRotado(Conflicto):
    codigo = "secreto_ya_rotado"
    titulo = _l("El secreto que quiere reemplazar ya no es el actual")


class RotacionEnCurso(Conflicto):
    codigo = "rotacion_en_curso"
    titulo = _l("La rotación anterior no terminó")


class ClienteRechazado(Exception):
    """The token endpoint's refusal (RFC 6749 §5.2), which is not a problem of ours (RFC 9457)."""

    def __init__(self, descripcion: str, *, error: str = "invalid_client", estado: int = 401) -> None:
        super().__init__(descripcion)
        self.descripcion, self.error, self.estado = descripcion, error, estado
